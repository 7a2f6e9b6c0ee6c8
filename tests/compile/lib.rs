//! Holds nothing: the package is its tests.

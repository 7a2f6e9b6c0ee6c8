//! Holds nothing: the package is its tests. It does not depend on the golden crate, so that it can
//! write it anew when the old one no longer compiles.

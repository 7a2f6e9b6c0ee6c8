//! `shapewright import` from the command line, on small models of our own. No network.

mod history;
mod pip;
mod refusals;
mod sdist;
mod sources;
mod support;

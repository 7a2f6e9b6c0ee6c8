//! `shapewright import` from the command line, on small models of our own. No network.

mod history;
mod pip;
mod refusals;
mod sources;
mod support;

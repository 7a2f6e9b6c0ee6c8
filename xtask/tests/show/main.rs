//! `show` and `blame` from the command line, on Batch's history and on a small one of our own.

mod blame;
mod show;
mod support;

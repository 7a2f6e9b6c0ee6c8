//! The two dialects: what C2J is written from a model, and what differs between them.

mod batch;
mod written;

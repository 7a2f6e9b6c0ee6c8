//! Pages and their items as iterators.

use std::fmt;
use std::iter::FusedIterator;
use std::vec;

use super::{BlockingTransport, Client};
use crate::client::cursor::Cursor;
use crate::{Error, Paginated, Service};

/// The pages of an operation, each fetched when it is asked for.
///
/// An error is why a page could not be had, or [`Error::RepeatedToken`]; no page follows it.
pub struct Pages<S, T, C: Paginated> {
    client: Client<S, T>,
    cursor: Cursor<C>,
}

/// The items of an operation's pages, each page fetched when it is asked for. An error is the last of
/// them.
pub struct Items<S, T, C: Paginated> {
    pages: Pages<S, T, C>,
    items: vec::IntoIter<C::Item>,
}

impl<S: Service, T: BlockingTransport> Client<S, T> {
    /// The pages of an operation, from the one that the input asks for. Nothing is sent yet.
    pub fn pages<C: Paginated<Service = S>>(&self, input: C::Input) -> Pages<S, T, C> {
        Pages {
            client: self.clone(),
            cursor: Cursor::new(input),
        }
    }
}

impl<S: Service, T: BlockingTransport, C: Paginated<Service = S>> Pages<S, T, C> {
    /// What the pages hold, an item at a time.
    pub fn items(self) -> Items<S, T, C> {
        Items {
            pages: self,
            items: Vec::new().into_iter(),
        }
    }
}

impl<S: Service, T: BlockingTransport, C: Paginated<Service = S>> Iterator for Pages<S, T, C> {
    type Item = Result<C::Output, Error<C::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        let page = match self.cursor.next()? {
            Ok(input) => self.client.call::<C>(input),
            Err(error) => return Some(Err(error)),
        };
        self.cursor.received(&page);
        Some(page)
    }
}

impl<S: Service, T: BlockingTransport, C: Paginated<Service = S>> Iterator for Items<S, T, C> {
    type Item = Result<C::Item, Error<C::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.items.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.items = C::items(page).into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<S: Service, T: BlockingTransport, C: Paginated<Service = S>> FusedIterator for Pages<S, T, C> {}
impl<S: Service, T: BlockingTransport, C: Paginated<Service = S>> FusedIterator for Items<S, T, C> {}

impl<S, T, C: Paginated> fmt::Debug for Pages<S, T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pages").field(&C::NAME).finish()
    }
}

impl<S, T, C: Paginated> fmt::Debug for Items<S, T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&C::NAME).finish()
    }
}

//! The files that people of the sample workspace send each other.

use bytes::Bytes;
use conversations::{ByteStream, Files, Refusal, StoredFile, store};
use futures_util::stream;
use kernel::WorkspaceId;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SampleFile {
    Photo,
    Invoice,
    Offer,
}

impl SampleFile {
    /// As the corpus calls it.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "photo" => Some(Self::Photo),
            "invoice" => Some(Self::Invoice),
            "offer" => Some(Self::Offer),
            _ => None,
        }
    }

    const fn file_name(self) -> &'static str {
        match self {
            Self::Photo => "photo.png",
            Self::Invoice => "invoice.pdf",
            Self::Offer => "offer.pdf",
        }
    }

    const fn content(self) -> &'static [u8] {
        match self {
            Self::Photo => include_bytes!("files/photo.png"),
            Self::Invoice => include_bytes!("files/invoice.pdf"),
            Self::Offer => include_bytes!("files/offer.pdf"),
        }
    }

    /// Takes the file into the store, as an upload does.
    pub(super) async fn keep(self, files: &dyn Files, workspace: WorkspaceId) -> Result<StoredFile, Refusal> {
        let content: ByteStream = Box::pin(stream::iter([Ok(Bytes::from_static(self.content()))]));
        store(files, workspace, self.file_name(), content).await
    }
}

//! Attached files in a folder of this machine, named by their content.

use std::{io, path::Path, sync::Arc};

use async_trait::async_trait;
use conversations::{ByteStream, Files, Stored};
use futures_util::StreamExt;
use kernel::{AttachmentId, Ids, WorkspaceId};
use object_store::{ObjectStoreExt, WriteMultipart, local::LocalFileSystem, path::Path as Location};
use sha2::{Digest, Sha256};

const CHUNK: usize = 1024 * 1024;
/// Chunks on their way to the disk at once: a fast sender waits rather than filling memory.
const CHUNKS_UNDER_WAY: usize = 2;

/// `<workspace>/<first two digits>/<SHA-256>`. A file is written beside its place and moved there when it is whole, so
/// what has a name is complete and on the disk.
#[derive(Debug, Clone)]
pub struct LocalFiles {
    folder: Arc<LocalFileSystem>,
    ids: Ids,
}

impl LocalFiles {
    /// Opens the folder, making it if it is not there.
    ///
    /// # Errors
    /// The folder cannot be made or opened.
    pub fn open(folder: &Path, ids: Ids) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let folder = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { folder: Arc::new(folder), ids })
    }

    async fn take_in(&self, place: &Location, mut content: ByteStream) -> io::Result<Stored> {
        let mut upload = WriteMultipart::new_with_chunk_size(self.folder.put_multipart(place).await?, CHUNK);
        let (mut hasher, mut size) = (Sha256::new(), 0);
        while let Some(bytes) = content.next().await {
            let bytes = match bytes {
                Ok(bytes) => bytes,
                Err(error) => {
                    upload.abort().await?;
                    return Err(error);
                }
            };
            hasher.update(&bytes);
            size += bytes.len() as u64;
            upload.wait_for_capacity(CHUNKS_UNDER_WAY).await?;
            upload.put(bytes);
        }
        upload.finish().await?;
        Ok(Stored { hash: hasher.finalize().into(), size })
    }
}

#[async_trait]
impl Files for LocalFiles {
    async fn put(&self, workspace: WorkspaceId, content: ByteStream) -> io::Result<Stored> {
        let incoming: AttachmentId = self.ids.next();
        let incoming = Location::from(format!("{workspace}/incoming/{incoming}"));
        let stored = self.take_in(&incoming, content).await?;
        // Moving over a file of the same content changes nothing.
        self.folder.rename(&incoming, &place(workspace, stored.hash)).await?;
        Ok(stored)
    }

    async fn get(&self, workspace: WorkspaceId, hash: [u8; 32]) -> io::Result<ByteStream> {
        let found = self.folder.get(&place(workspace, hash)).await?;
        Ok(found.into_stream().map(|bytes| bytes.map_err(io::Error::from)).boxed())
    }

    async fn delete_all(&self, workspace: WorkspaceId) -> io::Result<()> {
        // The whole folder goes, and with it what an upload that broke off may have left.
        let folder = self.folder.path_to_filesystem(&Location::from(workspace.to_string()))?;
        match tokio::fs::remove_dir_all(folder).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn place(workspace: WorkspaceId, hash: [u8; 32]) -> Location {
    let name: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Location::from(format!("{workspace}/{}/{name}", &name[..2]))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures_util::{TryStreamExt, stream};
    use kernel::Clock;

    use super::*;

    fn sending(parts: Vec<io::Result<&'static str>>) -> ByteStream {
        stream::iter(parts).map_ok(|part| Bytes::from_static(part.as_bytes())).boxed()
    }

    fn names(folder: &Path) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        let mut names = Vec::new();
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                names.extend(self::names(&path));
            } else {
                names.push(path.file_name().expect("a name").to_string_lossy().into_owned());
            }
        }
        names
    }

    #[tokio::test]
    async fn a_file_is_kept_by_its_content_apart_for_each_workspace() {
        let folder = std::env::temp_dir().join(format!("guildhall-files-{}", std::process::id()));
        let files = LocalFiles::open(&folder, Ids::new(Clock::system())).expect("a folder");
        let [ours, theirs]: [WorkspaceId; 2] = [files.ids.next(), files.ids.next()];

        let stored = files.put(ours, sending(vec![Ok("hello "), Ok("there")])).await.expect("kept");
        let again = files.put(ours, sending(vec![Ok("hello there")])).await.expect("kept");
        assert_eq!((stored, stored.size), (again, 11));
        let kept: Vec<Bytes> = files.get(ours, stored.hash).await.expect("found").try_collect().await.expect("read");
        assert_eq!(kept.concat(), b"hello there");
        let stranger = files.get(theirs, stored.hash).await.err().expect("another workspace's file");
        assert_eq!(stranger.kind(), io::ErrorKind::NotFound);

        let broken = files.put(ours, sending(vec![Ok("half"), Err(io::Error::other("gone"))])).await;
        assert!(broken.is_err());
        assert_eq!(names(&folder).len(), 1, "an upload that breaks off leaves nothing: {:?}", names(&folder));

        files.put(theirs, sending(vec![Ok("theirs")])).await.expect("kept");
        files.delete_all(ours).await.expect("deleted");
        files.delete_all(ours).await.expect("nothing to delete is fine");
        assert_eq!(names(&folder).len(), 1, "another workspace's file stays: {:?}", names(&folder));
        std::fs::remove_dir_all(&folder).expect("cleaned up");
    }
}

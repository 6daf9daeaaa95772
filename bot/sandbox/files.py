"""Files that were sent: their identifiers, where they lie, and what Telegram says of them."""

import base64
import hashlib
import mimetypes
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.sandbox.errors import bad_request
from bot.sandbox.images import image_size
from bot.sandbox.uploads import Upload
from bot.sandbox.values import (
    JsonObject,
    as_int,
    as_object,
    as_objects,
    as_text,
    to_bytes,
    without_none,
)

MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_SIDES = 10_000
MAX_RATIO = 20

# How an identifier of each kind begins in Telegram, its folder, and the type it must have.
_PREFIX = {
    "photo": "AgAC",
    "document": "BQAC",
    "voice": "AwAC",
    "audio": "CQAC",
    "video": "BAAC",
}
_FOLDER = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "audio": "music",
    "video": "videos",
}
_LABEL = {"photo": "Photo", "document": "Document", "voice": "VoiceNote"}
_DEFAULT_TYPE = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
}
_UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file under one kind; the same bytes under the same name are the same file."""

    kind: str
    file_id: str
    unique_id: str
    path: str
    name: str
    content_type: str
    size: int
    about: JsonObject  # width, height, duration, performer, title: whatever is known

    def base(self) -> JsonObject:
        """Return what all of Telegram's file objects have."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }

    def content(self) -> JsonObject:
        """Return the part of a Message that shows this file, e.g. ``{"document": …}``."""
        if self.kind == "photo":
            return {"photo": [self.base() | self.about]}
        described = {**self.base(), "mime_type": self.content_type}
        if self.kind != "voice":
            described["file_name"] = self.name
        return {self.kind: described | self.about}


class FileStore:
    """All files, in memory or in a folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._bytes: dict[str, bytes] = {}
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, upload: Upload, extra: JsonObject) -> StoredFile:
        """Keep an upload as a photo, document, voice, audio or video.

        ``extra`` may hold duration, performer, title, width and height as its sender tells them.

        Raises ApiError for what Telegram would not take: nothing at all, a photo that is none,
        is too heavy or too long.
        """
        if not upload.data:
            raise bad_request("file must be non-empty")
        about = _about(kind, upload.data, extra)
        named = {} if kind == "photo" else about | {"file_name": upload.name}
        digest = hashlib.sha256(to_bytes(named) + upload.data).digest()
        file_id = _PREFIX[kind] + base64.urlsafe_b64encode(b"sandbox" + digest[:29]).decode()
        if file_id not in self._by_id:
            path = f"{_FOLDER[kind]}/file_{len(self._by_id)}{_suffix(kind, upload.name)}"
            self._keep(_described(kind, upload, digest, file_id, path, about=about), upload.data)
        return self._by_id[file_id]

    def get(self, file_id: str) -> StoredFile | None:
        """Return a file by its file_id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Return a file by the path that getFile told."""
        return self._by_path.get(path)

    def again(self, kind: str, file_id: str) -> StoredFile:
        """Return a file that is sent again. Raises ApiError for an unknown one or another kind."""
        if file_id.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content (the sandbox fetches nothing)")
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if file.kind != kind:
            real, wanted = (_LABEL.get(one, one.title()) for one in (file.kind, kind))
            raise bad_request(f"can't use file of type {real} as {wanted}")
        return file

    def read(self, file: StoredFile) -> bytes:
        """Return a file's bytes."""
        if self._folder is None:
            return self._bytes[file.unique_id]
        return (self._folder / file.unique_id).read_bytes()

    def dump(self) -> list[JsonObject]:
        """Return the files' descriptions for the snapshot."""
        return [asdict(file) for file in self._by_id.values()]

    def load(self, source: object) -> None:
        """Know the files again that ``dump`` described."""
        for one in as_objects(source):
            self._know(
                StoredFile(
                    kind=as_text(one["kind"]),
                    file_id=as_text(one["file_id"]),
                    unique_id=as_text(one["unique_id"]),
                    path=as_text(one["path"]),
                    name=as_text(one["name"]),
                    content_type=as_text(one["content_type"]),
                    size=as_int(one["size"]),
                    about=as_object(one["about"]),
                )
            )

    def _keep(self, file: StoredFile, data: bytes) -> None:
        if self._folder is None:
            self._bytes[file.unique_id] = data
        else:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / file.unique_id).write_bytes(data)
        self._know(file)

    def _know(self, file: StoredFile) -> None:
        self._by_id[file.file_id] = file
        self._by_path[file.path] = file


def _suffix(kind: str, name: str) -> str:
    return Path(name).suffix.lower() or {"photo": ".jpg", "voice": ".oga"}.get(kind, "")


def _described(
    kind: str, upload: Upload, digest: bytes, file_id: str, path: str, *, about: JsonObject
) -> StoredFile:
    return StoredFile(
        kind=kind,
        file_id=file_id,
        unique_id="AQAD" + base64.urlsafe_b64encode(digest[:11] + kind[:1].encode()).decode(),
        path=path,
        name=upload.name,
        content_type=_content_type(kind, upload),
        size=len(upload.data),
        about=about,
    )


def _about(kind: str, data: bytes, extra: JsonObject) -> JsonObject:
    if kind == "document":
        return {}
    if kind == "photo":
        width, height = _photo_size(data)
        return {"width": width, "height": height}
    about: JsonObject = {"duration": as_int(extra.get("duration"))}
    if kind == "audio":
        return about | without_none(performer=extra.get("performer"), title=extra.get("title"))
    if kind == "video":
        sides = {
            "width": as_int(extra.get("width"), 320),
            "height": as_int(extra.get("height"), 240),
        }
        return about | sides
    return about


def _photo_size(data: bytes) -> tuple[int, int]:
    if len(data) > MAX_PHOTO:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo; "
            f"the maximum size is {MAX_PHOTO} bytes"
        )
    size = image_size(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > MAX_SIDES or max(size) > MAX_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _content_type(kind: str, upload: Upload) -> str:
    guessed = mimetypes.guess_type(upload.name)[0]
    given = upload.content_type.partition(";")[0]
    if given and given != _UNKNOWN_TYPE:
        return given
    return guessed or _DEFAULT_TYPE.get(kind, _UNKNOWN_TYPE)

"""A file as it arrives in a request."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """The name, content type and bytes of one uploaded file."""

    name: str
    content_type: str
    data: bytes

    def summary(self) -> dict[str, object]:
        """Return what the call journal keeps instead of the bytes."""
        return {"file_name": self.name, "file_size": len(self.data)}

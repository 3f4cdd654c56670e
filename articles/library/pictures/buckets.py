"""Pictures in S3 buckets, for several machines; see docs/deploy.md.

Needs django-storages, which deploy/requirements.txt installs.
"""

from pathlib import PurePath
from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage

from ..recordings.kinds import MEDIA_TYPES
from .renditions import FORMATS

TIMEOUTS = {
    "connect_timeout": 3,  # seconds
    "read_timeout": 20,
    "retries": {"total_max_attempts": 3, "mode": "standard"},
}
CHECKSUMS = {
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}
"""Services other than Amazon's do not know its newer checksums."""


class Bucket(S3Storage):
    """Credentials and region come from the environment, as for Amazon's tools. Who may read the
    bucket is up to its policy."""

    def __init__(self, *, bucket_name: str, endpoint_url: str = "", **options: Any) -> None:
        style = {"addressing_style": "path" if endpoint_url else "auto"}
        super().__init__(
            bucket_name=bucket_name,
            endpoint_url=endpoint_url or None,
            client_config=Config(s3=style, **TIMEOUTS, **CHECKSUMS),
            **options,
        )


class RenditionsBucket(Bucket):
    """Renditions and recordings, public at MEDIA_URL and cached for ever."""

    def get_object_parameters(self, name: str) -> dict[str, str]:
        suffix = PurePath(name).suffix[1:]
        headers = {"CacheControl": "public, max-age=31536000, immutable"}
        types = FORMATS | MEDIA_TYPES
        return headers | ({"ContentType": types[suffix]} if suffix in types else {})


class OriginalsBucket(Bucket):
    """Originals, private: their metadata says where they were taken."""

    def __init__(self, **options: Any) -> None:
        super().__init__(file_overwrite=False, **options)

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        raise ValueError("An original has no URL; show one of its renditions.")

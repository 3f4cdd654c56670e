"""Pictures in buckets that speak S3, where several machines share them; see docs/deploy.md.

Needs django-storages, which nothing else does: deploy/requirements.txt installs it.
"""

from pathlib import PurePath

from botocore.config import Config
from storages.backends.s3 import S3Storage

from .renditions import FORMATS

PATIENCE = {
    "connect_timeout": 3,  # seconds
    "read_timeout": 20,
    "retries": {"total_max_attempts": 3, "mode": "standard"},
}
PLAIN = {
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}
"""What services other than Amazon's understand."""


class Bucket(S3Storage):
    """Files in a bucket. The keys and the region come from the environment, as for Amazon's tools.

    Who may read it is the bucket's own policy.
    """

    def __init__(self, *, bucket_name, endpoint_url="", **options):
        style = {"addressing_style": "path" if endpoint_url else "auto"}
        super().__init__(
            bucket_name=bucket_name,
            endpoint_url=endpoint_url or None,
            client_config=Config(s3=style, **PATIENCE, **PLAIN),
            **options,
        )


class RenditionsBucket(Bucket):
    """What pages show, for everybody to fetch at MEDIA_URL."""

    def get_object_parameters(self, name):
        suffix = PurePath(name).suffix[1:]
        lasts = {"CacheControl": "public, max-age=31536000, immutable"}
        return lasts | ({"ContentType": FORMATS[suffix]} if suffix in FORMATS else {})


class OriginalsBucket(Bucket):
    """Files as uploaded, for nobody: they tell where and with what they were taken."""

    def __init__(self, **options):
        super().__init__(file_overwrite=False, **options)

    def url(self, name, *args, **kwargs):
        raise ValueError("A picture as uploaded has no address; show one of its renditions.")

"""A dict for a cache that a process keeps."""

from typing import Any


class BoundedDict(dict[Any, Any]):
    """A dict that is emptied when it would hold more than `most` keys.

    Quicker than lru_cache, which orders its keys anew at each question.
    """

    def __init__(self, most: int) -> None:
        self.most = most

    def __setitem__(self, key: Any, value: Any) -> None:
        if len(self) >= self.most and key not in self:
            self.clear()
        super().__setitem__(key, value)

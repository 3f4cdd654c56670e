"""Lines of JSON for the journal: one per request, with an id that follows it through the machines,
and one for whatever else is told, with the same id where a request was the cause."""

import json
import logging
import re
import time
import uuid

logger = logging.getLogger("newsroom.requests")

_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Line(logging.Formatter):
    """What is told beside requests, a failure's way included, in one line of JSON."""

    def format(self, record):
        said = {"level": record.levelname, "from": record.name, "said": record.getMessage()}
        if request_id := getattr(getattr(record, "request", None), "id", None):
            said = {"id": request_id} | said
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said)


class RequestLog:
    """Middleware: takes the request id that a server in front gave, or makes one, and logs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if _SANE.fullmatch(given) else uuid.uuid4().hex
        began = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.id
        logger.info(
            json.dumps(
                {
                    "id": request.id,
                    "method": request.method,
                    "path": request.path[:500],
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - began) * 1000, 1),
                    "size": 0 if response.streaming else len(response.content),
                }
            )
        )
        return response

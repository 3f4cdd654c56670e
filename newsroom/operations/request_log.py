"""The log as lines of JSON: one for each request, with an id that follows it through the machines,
and one for each warning or error, with the id of the request that caused it."""

import json
import logging
import re
import time
import uuid

logger = logging.getLogger("newsroom.requests")

# Whoever has the token in such an address gets in.
_TOKEN = re.compile(r"(/calendar/feed/|^/preview/)[^/]+")
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")


class JsonFormatter(logging.Formatter):
    def format(self, record):
        line = {"level": record.levelname, "from": record.name, "said": record.getMessage()}
        if request_id := getattr(getattr(record, "request", None), "id", None):
            line = {"id": request_id} | line
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line)


class RequestLog:
    """Middleware: logs each request, with the id that a proxy gave it or a new one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if _SANE.fullmatch(given) else uuid.uuid4().hex
        began = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.id
        line = {
            "id": request.id,
            "method": request.method,
            "path": _TOKEN.sub(r"\1-", request.path)[:500],
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "size": 0 if response.streaming else len(response.content),
        }
        logger.info(json.dumps(line))
        return response

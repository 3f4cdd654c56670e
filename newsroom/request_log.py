"""One line of JSON per request, with an id that follows it through the machines."""

import json
import logging
import re
import time
import uuid

logger = logging.getLogger("newsroom.requests")

_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")


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

"""Metrics for Prometheus: requests by page and status, and how long they took.

Off until NEWSROOM_METRICS_TOKEN is set, which clients must send. With several worker processes
PROMETHEUS_MULTIPROC_DIR names a folder that they share, empty at the start.
"""

import os
import secrets
import time

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from articles.public.http.read_only import read_only

REQUESTS = Counter("newsroom_requests", "Requests answered.", ["method", "page", "status"])
SECONDS = Histogram(
    "newsroom_request_seconds",
    "How long an answer took to make.",
    ["page"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
METHODS = {"GET", "HEAD", "POST"}


class Metrics:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        response = self.get_response(request)
        # The name of the URL pattern: there are few.
        match = request.resolver_match
        page = match.view_name if match and match.url_name else "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, page, response.status_code).inc()
        SECONDS.labels(page).observe(time.perf_counter() - began)
        return response


@never_cache
@read_only
def metrics(request):
    """`/metrics`, for those with the token. Raises Http404 for everybody else."""
    given = request.headers.get("Authorization", "")
    expected = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not secrets.compare_digest(given.encode(), expected.encode()):
        raise Http404("wrong token")
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _registry():
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together

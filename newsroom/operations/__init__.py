"""Operations: health checks, metrics, the request log, and where a request comes from."""

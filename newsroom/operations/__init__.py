"""Operations: health checks, metrics, the request log, and client addresses."""

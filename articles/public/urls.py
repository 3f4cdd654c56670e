"""The readers' addresses."""

urlpatterns = []

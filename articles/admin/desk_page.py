"""Pages of the desk besides those that Django's admin makes."""

from django.template.response import TemplateResponse


def desk_page(model_admin, request, template, **context):
    """A page with the admin's own header and style sheets."""
    shared = {"opts": model_admin.opts, "media": model_admin.media}
    context = model_admin.admin_site.each_context(request) | shared | context
    return TemplateResponse(request, f"admin/articles/{template}.html", context)

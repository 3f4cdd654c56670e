"""Print how many stories the database holds."""

import django

if __name__ == "__main__":
    django.setup()
    from articles.models import Post

    print(Post.objects.count())

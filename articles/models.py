"""Every table of the newsroom, grouped: the map of what is stored."""

from .desk.blocks import Caption, Embed, PullQuote, RelatedLink, Text
from .desk.form_token import FormToken
from .desk.post import Post
from .desk.post_relations import PostAuthor, PostTopic
from .desk.post_save import PostSave
from .desk.transition import Transition
from .library.author import Author
from .library.naming.former_slug import FormerSlug
from .library.photo import Photo
from .library.section import Section
from .library.topic import Topic, TopicAlias
from .publishing.editions.address import Address
from .publishing.editions.edition import Edition
from .publishing.editions.listing import AuthorListing, TopicListing
from .publishing.editions.story_parts import StoryParts
from .publishing.fronts.breaking import Breaking
from .publishing.fronts.front import Front
from .publishing.fronts.placement import Placement
from .publishing.fronts.topic_pin import TopicPin
from .publishing.invalidation.key_stamps import KeyCount
from .publishing.invalidation.site_stamp import SiteCount
from .publishing.outbox.delivery import Delivery
from .publishing.search.entry import SearchEntry, SearchWord
from .publishing.steps.checkpoint import Checkpoint

LIBRARY_MODELS = (Section, Author, Topic, TopicAlias, FormerSlug, Photo)
DESK_MODELS = (
    Post,
    PostAuthor,
    PostTopic,
    Text,
    Caption,
    RelatedLink,
    PullQuote,
    Embed,
    PostSave,
    Transition,
    Checkpoint,
    FormToken,
)
SITE_MODELS = (
    Edition,
    TopicListing,
    AuthorListing,
    StoryParts,
    SearchEntry,
    SearchWord,
    Address,
    Front,
    Placement,
    TopicPin,
    Breaking,
    SiteCount,
    KeyCount,
    Delivery,
)

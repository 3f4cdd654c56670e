"""Every table of the newsroom, grouped: the map of what is stored."""

from .desk.accounts.second_factor.factor import RecoveryCode, RoleRule, SecondFactor
from .desk.accounts.sessions import DeskSession
from .desk.audit_log.logged_action import LoggedAction
from .desk.blocks import (
    Alternative,
    Caption,
    Chart,
    Embed,
    Film,
    Gallery,
    PullQuote,
    RelatedLink,
    Sound,
    Table,
    Text,
)
from .desk.calendar_feed import CalendarFeed
from .desk.form_token import FormToken
from .desk.house_style.house_style import HouseStyle
from .desk.house_style.house_word import HouseWord
from .desk.notes.mail_wish import MailWish
from .desk.notes.note import Note
from .desk.planning.plan import Plan, PlanNeed
from .desk.post import Post
from .desk.post_relations import PostAuthor, PostTopic
from .desk.post_save import PostSave
from .desk.preview_links.preview_link import PreviewApproval, PreviewLink
from .desk.rights.desk_right import DeskRight
from .desk.search.entry import PostToIndex, PostWords
from .desk.story_view import StoryView
from .desk.transition import Transition
from .desk.writing.presence import Presence
from .importing.import_run import ImportProblem, ImportRun
from .importing.imported_story import ImportedPicture, ImportedStory
from .importing.side_chosen import SideChosen
from .library.author import Author, AuthorAlias
from .library.naming.former_slug import FormerSlug
from .library.photo import Photo
from .library.recording import Recording
from .library.section import Section
from .library.topic import Topic, TopicAlias
from .publishing.editions.address import Address
from .publishing.editions.edition import Edition
from .publishing.editions.listing import AuthorListing, TopicListing
from .publishing.editions.picture_use import PictureUse
from .publishing.editions.recording_use import RecordingUse
from .publishing.editions.story_parts import StoryParts
from .publishing.endings.tombstone import Tombstone
from .publishing.fronts.breaking import Breaking
from .publishing.fronts.front import Front
from .publishing.fronts.placement import Placement
from .publishing.fronts.topic_pin import TopicPin
from .publishing.invalidation.key_stamps import KeyCount
from .publishing.invalidation.site_stamp import SiteCount
from .publishing.kill.kill_request import KillRequest
from .publishing.kill.sealed_story import SealedStory
from .publishing.link_check.embed_check import EmbedCheck
from .publishing.link_check.problem import LinkProblem
from .publishing.link_check.story_link import StoryLink
from .publishing.machine.task import Task, TaskRun
from .publishing.names.name_change import MergedLine, NameChange
from .publishing.names.near_double import NearDouble
from .publishing.old_addresses.old_address import OldAddress
from .publishing.outbox.delivery import Delivery
from .publishing.search.entry import SearchEntry, SearchWord
from .publishing.steps.checkpoint import Checkpoint

LIBRARY_MODELS = (Section, Author, AuthorAlias, Topic, TopicAlias, FormerSlug, Photo, Recording)
DESK_MODELS = (
    Post,
    PostAuthor,
    PostTopic,
    Text,
    Caption,
    Gallery,
    RelatedLink,
    PullQuote,
    Embed,
    Table,
    Chart,
    Film,
    Sound,
    Alternative,
    Plan,
    PlanNeed,
    PreviewLink,
    PreviewApproval,
    Note,
    MailWish,
    PostSave,
    Transition,
    Checkpoint,
    FormToken,
    CalendarFeed,
    Presence,
    PostWords,
    PostToIndex,
    StoryView,
    HouseStyle,
    HouseWord,
    DeskRight,
    LoggedAction,
    SecondFactor,
    RecoveryCode,
    RoleRule,
    DeskSession,
    LinkProblem,
    StoryLink,
    EmbedCheck,
    Task,
    TaskRun,
    KillRequest,
    SealedStory,
)
IMPORT_MODELS = (ImportedStory, ImportedPicture, SideChosen, ImportRun, ImportProblem)
SITE_MODELS = (
    Edition,
    TopicListing,
    AuthorListing,
    StoryParts,
    PictureUse,
    RecordingUse,
    SearchEntry,
    SearchWord,
    Address,
    OldAddress,
    Tombstone,
    Front,
    Placement,
    TopicPin,
    Breaking,
    SiteCount,
    KeyCount,
    Delivery,
    NameChange,
    MergedLine,
    NearDouble,
)

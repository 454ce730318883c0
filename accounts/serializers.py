"""The shapes of people and tokens in the API."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.actions.people import is_taken
from accounts.models import (
    Digest,
    Follow,
    FollowRequest,
    Kind,
    Language,
    MutedWord,
    Notification,
    Scope,
    Token,
    User,
)
from accounts.words import normalized_address


class PersonSerializer(serializers.ModelSerializer):
    """A person beside what they did."""

    avatar = serializers.CharField(source="avatar_url", read_only=True, allow_null=True)

    class Meta:
        model = User
        fields = ("username", "display_name", "avatar")
        read_only_fields = fields


class FollowerSerializer(PersonSerializer):
    """The person who follows."""

    def to_representation(self, instance: Follow) -> Any:
        return super().to_representation(instance.follower)


class FolloweeSerializer(PersonSerializer):
    """The person who is followed."""

    def to_representation(self, instance: Follow) -> Any:
        return super().to_representation(instance.followee)


class RequesterSerializer(PersonSerializer):
    """The person who asks to follow."""

    def to_representation(self, instance: FollowRequest) -> Any:
        return super().to_representation(instance.requester)


class MarksBetweenSerializer(serializers.Serializer[Any]):
    """What the reader did with a person."""

    following = serializers.BooleanField()
    requested = serializers.BooleanField()
    blocked = serializers.BooleanField()
    muted = serializers.BooleanField()


class MeSerializer(serializers.ModelSerializer):
    """Oneself, with what only oneself may see."""

    avatar = serializers.CharField(source="avatar_url", read_only=True, allow_null=True)
    languages = serializers.ListField(
        child=serializers.ChoiceField(Language.choices), max_length=2, required=False
    )

    unwanted_kinds = serializers.ListField(
        child=serializers.ChoiceField([(kind.value, kind.label) for kind in Kind.optional()]),
        required=False,
        max_length=len(Kind),
        help_text="Of what you are not told.",
    )
    digest = serializers.ChoiceField(Digest.choices, required=False)
    profile_pending = serializers.SerializerMethodField(
        help_text="Others do not read `display_name` and `bio` as they stand here, or not yet."
    )

    class Meta:
        model = User
        fields = (
            "username", "email", "display_name", "bio", "avatar", "languages", "ui_language",
            "is_private", "shows_likes", "greets_newcomers", "unwanted_kinds", "digest",
            "follower_count", "following_count", "date_joined", "profile_pending",
        )  # fmt: skip
        read_only_fields = (
            "username", "email", "follower_count", "following_count", "date_joined",
        )  # fmt: skip
        # Counted by the action, as they are stored.
        extra_kwargs = {"display_name": {"max_length": None}, "bio": {"max_length": None}}

    def get_profile_pending(self, person: User) -> bool:
        return person.proposed_at is not None

    def to_representation(self, instance: User) -> Any:
        """The words as the person wrote them last."""
        return super().to_representation(instance) | instance.own_words


class PasswordSerializer(serializers.Serializer[Any]):
    """The password, once more."""

    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)


class MutedWordSerializer(serializers.ModelSerializer):
    """A word that keeps notes out of one's feeds."""

    class Meta:
        model = MutedWord
        fields = ("id", "word", "created_at")
        read_only_fields = ("id", "created_at")
        extra_kwargs = {"word": {"max_length": None}}


class AvatarSerializer(serializers.Serializer[Any]):
    """A new avatar, beside the words of a profile."""

    avatar = serializers.FileField(required=False)


class AddressField(serializers.EmailField):
    """An e-mail address in one spelling."""

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(
            normalized_address(data) if isinstance(data, str) else data
        )


class RegisterSerializer(serializers.Serializer[Any]):
    """A new person."""

    username = serializers.CharField(max_length=60)
    email = AddressField(max_length=254)
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    languages = serializers.ListField(
        child=serializers.ChoiceField(Language.choices), max_length=2, required=False
    )

    def validate_username(self, username: str) -> str:
        field = User._meta.get_field("username")
        username = User.normalize_username(username)
        field.run_validators(username)
        if is_taken(username):
            raise serializers.ValidationError(_("This username is taken."), "unique")
        return username

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        person = User(username=attrs["username"], email=attrs["email"])
        try:
            validate_password(attrs["password"], person)
        except DjangoValidationError as error:
            raise DjangoValidationError({"password": error}) from None
        return attrs


class ScopesField(serializers.ListField):
    """What a token may be used for; read and write unless said."""

    child = serializers.ChoiceField(Scope.choices)

    def __init__(self) -> None:
        super().__init__(default=[Scope.READ, Scope.WRITE], min_length=1, max_length=3)


class TokenRequestSerializer(serializers.Serializer[Any]):
    """Who asks for a token, and for what."""

    username = serializers.CharField(max_length=254, help_text="Username or e-mail address.")
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    code = serializers.CharField(
        max_length=20,
        allow_blank=True,
        default="",
        help_text="Of your authenticator app, or a recovery code, if you have a second factor.",
    )
    scopes = ScopesField()
    name = serializers.CharField(allow_blank=True, default="")


class NewTokenSerializer(serializers.Serializer[Any]):
    """A token, readable this once."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()
    scopes = serializers.ListField(child=serializers.CharField())


class RegisteredSerializer(serializers.Serializer[Any]):
    """A new person and their first token."""

    user = MeSerializer()
    token = serializers.CharField()


class TokenSerializer(serializers.ModelSerializer):
    """A token as its owner sees it later."""

    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")

    class Meta:
        model = Token
        fields = ("id", "name", "scopes", "created_at", "expires_at", "last_used_at")


class NotificationSerializer(serializers.ModelSerializer):
    """Something a person is told."""

    actor = PersonSerializer(allow_null=True)
    group = serializers.CharField(help_text="The same for all that one sentence tells.")
    note = serializers.IntegerField(source="note_id", allow_null=True)
    comment = serializers.IntegerField(source="comment_id", allow_null=True)

    class Meta:
        model = Notification
        fields = (
            "id", "kind", "group", "actor", "note", "comment", "data", "created_at", "read_at",
        )  # fmt: skip

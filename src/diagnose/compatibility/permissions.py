"""Permissions that Android has taken away, and since which API level they mean nothing.

Source: developer.android.com, Manifest.permission and the behaviour changes of Android 6.
"""

from __future__ import annotations

from collections.abc import Mapping

_ANDROID_6 = (
    "android.permission.AUTHENTICATE_ACCOUNTS",
    "android.permission.MANAGE_ACCOUNTS",
    "android.permission.USE_CREDENTIALS",
    "android.permission.READ_PROFILE",
    "android.permission.WRITE_PROFILE",
    "android.permission.READ_SOCIAL_STREAM",
    "android.permission.WRITE_SOCIAL_STREAM",
    "android.permission.READ_USER_DICTIONARY",
    "android.permission.WRITE_USER_DICTIONARY",
    "android.permission.SUBSCRIBED_FEEDS_READ",
    "android.permission.SUBSCRIBED_FEEDS_WRITE",
    "com.android.browser.permission.READ_HISTORY_BOOKMARKS",
    "com.android.browser.permission.WRITE_HISTORY_BOOKMARKS",
)

PERMISSIONS_GONE: Mapping[str, int] = dict.fromkeys(_ANDROID_6, 23)
"""Permission → first API level on which asking for it has no effect."""

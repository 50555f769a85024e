"""Whether an app can run on a phone: what it asks for, and what the phone offers."""

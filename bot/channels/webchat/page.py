"""The page itself and its parts, with the headers that keep foreign code and frames out."""

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from urllib.parse import quote

from bot.channels.webchat.visitors import MYSELF, Guest

WEB = Path(__file__).parents[2] / "web"
PARTS = {"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}

BANNER = Template("""<div class="practice">
      <p><strong>Mode latihan:</strong> semua orang di sini rekaan.</p>
      <nav aria-label="Berlatih sebagai"><ul>$links</ul></nav>
      <p class="about">Anda kini <strong>$name</strong>, $about.</p>
    </div>""")
LINK = Template('<li><a href="/?siapa=$address"$current>$name<span class="unseen">, $about</span></a></li>')


def headers(frame_ancestors: str) -> Mapping[str, str]:
    """For every answer: only our own scripts and styles, only the frames the office allowed.

    `blob:` is a picture the person chose on this very page: it is shown from their device.
    """
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {frame_ancestors}"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    }


def page(office_name: str, guests: Sequence[Guest], current: Guest | None) -> str:
    """The page as HTML, for one practice person or (None) for the holder of the cookie."""
    return Template((WEB / "page.html").read_text(encoding="utf-8")).substitute(
        title=html.escape(f"{current.name} · Rumah Kedua (latihan)" if current else f"Rumah Kedua · {office_name}"),
        office=html.escape(office_name),
        who=html.escape(quote(current.address) if current else MYSELF),
        practice=banner(guests, current) if current else "",
    )


def banner(guests: Sequence[Guest], current: Guest) -> str:
    """Says that this is practice, and lets the person be somebody else."""
    links = "".join(
        LINK.substitute(
            address=quote(guest.address),
            current=' aria-current="page"' if guest == current else "",
            name=html.escape(guest.name),
            about=html.escape(guest.about),
        )
        for guest in guests
    )
    return BANNER.substitute(links=links, name=html.escape(current.name), about=html.escape(current.about))

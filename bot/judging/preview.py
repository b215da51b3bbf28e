"""A picture for reading: small, upright, and without what tells where, when and with which camera it was taken."""

from pathlib import Path

from bot.judging.refused import Refused

LONGEST_SIDE = 1280
PIXELS = 50_000_000
"""Of a picture we open (our choice: a phone's 48 megapixels); what is larger unpacks to more memory than we give it."""
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")


def make_preview(picture: Path, preview: Path) -> None:
    """Write the preview of a picture. Raises Refused. Slow: not for the event loop's thread, and one at a time."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # needed at the first picture and not at the start

    Image.MAX_IMAGE_PIXELS = None  # looked at below, before anything is unpacked
    try:
        with Image.open(picture, formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS:
                raise Refused("pixels")
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            # Onto a new sheet: what a picture tells about itself stays behind, and what is see-through becomes white.
            sheet = Image.new("RGB", upright.size, "white")
            seen = upright.convert("RGBA")
            sheet.paste(seen, mask=seen)
            sheet.save(preview, "JPEG", quality=QUALITY)
    except UnidentifiedImageError as fault:
        raise Refused("broken") from fault
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as fault:
        raise unreadable(fault) from fault


def unreadable(fault: Exception) -> Exception:
    """A picture that cannot be opened is refused; a full disk is ours and passes."""
    ours = isinstance(fault, OSError) and fault.errno is not None
    return fault if ours else Refused("broken")

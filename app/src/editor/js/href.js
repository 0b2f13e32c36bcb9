// Which addresses a link may carry.
//
// One rule for typing, pasting and showing: http, https, mailto, tel, or a path
// on this site. Everything else is no link at all. Nothing here touches the page.

/** The longest address that is kept, in UTF-8 bytes; the server's rule says the same. */
export const HREF_BYTES_MAX = 2000;

const ALLOWED = /^(https?:\/\/[^/\s]|mailto:[^\s]|tel:[^\s])/i;
const SITE_PATH = /^\/(?![/\\])/;
const UNSAFE = /[\u0000-\u001f\u007f\s\\<>"]/;
const MAIL = /^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/;
const HOST = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d+)?([/?#].*)?$/u;

/**
 * Returns the address as it may be stored, or null when it is not allowed.
 * @param {unknown} text
 * @returns {string | null}
 */
export function cleanHref(text) {
  if (typeof text !== "string") return null;
  const href = text.trim();
  if (href.length === 0 || bytesOf(href) > HREF_BYTES_MAX || UNSAFE.test(href)) return null;
  if (SITE_PATH.test(href)) return href;
  if (!ALLOWED.test(href)) return null;
  return href.replace(/^[a-z]+:/i, (scheme) => scheme.toLowerCase());
}

const bytesOf = (text) => new TextEncoder().encode(text).length;

/**
 * Reads what a person typed: a bare host becomes https, a bare address mailto.
 * @param {string} text
 * @returns {string | null}
 */
export function typedHref(text) {
  const typed = text.trim();
  if (MAIL.test(typed)) return cleanHref(`mailto:${typed}`);
  if (HOST.test(typed)) return cleanHref(`https://${typed}`);
  return cleanHref(typed);
}

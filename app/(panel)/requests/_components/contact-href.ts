/** What a contact of the policy can be pressed as: a number to call, an address to write to; null for other words. */
export function contactHref(contact: string): string | null {
  if (/^\+?[\d\s().-]{6,}$/.test(contact)) return `tel:${contact.replace(/[^\d+]/g, "")}`;
  if (/^[^\s@]+@[^\s@]+$/.test(contact)) return `mailto:${contact}`;
  return null;
}

/** When the day of `at` began on the wall clock of a zone (IANA name); on days of a clock change up to an hour off. */
export function startOfDay(at: Date, zone: string): Date {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  const seconds = part("hour") * 3600 + part("minute") * 60 + part("second");
  return new Date(Math.floor(at.getTime() / 1000 - seconds) * 1000);
}

import { Note } from "#components/ui/note.tsx";

/** Said before anything leaves: what is in it, and what stays behind as a trace. */
export const PersonalData = () => (
  <Note icon="lock" title="This holds personal data of customers and of staff">
    Names, reasons, tickets, addresses and browsers leave Alongside with this file, and Alongside
    cannot take them back. Your name, the reason, the number of rows and the file’s SHA-256 go on
    record.
  </Note>
);

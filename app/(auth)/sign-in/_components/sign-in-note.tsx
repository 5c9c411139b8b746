import { Note } from "#components/ui/note.tsx";

/** Why the reader is here or was refused; the address of a refusal names it, so that it is scrolled into view. */
export function SignInNote(props: { title: string; text: string; refused: boolean }) {
  if (!props.refused)
    return (
      <Note level="h3" icon="clock" role="status" title={props.title}>
        {props.text}
      </Note>
    );
  return (
    <div id="refused">
      <Note level="h3" tone="problem" role="alert" title={props.title}>
        {props.text}
      </Note>
    </div>
  );
}

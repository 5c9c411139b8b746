import { Note } from "#components/ui/note.tsx";
import type { Secret } from "#lib/notices/team-channels.ts";
import { CopyText } from "../../../_components/copy-text.tsx";

/** A webhook's secret, for the one time that it is shown; of a Slack channel, that it is there. */
export function SecretOnce({ added: { name, secret } }: { added: Secret }) {
  if (!secret)
    return (
      <Note tone="accent" icon="check" role="status" title={`${name} is told from now on`}>
        Invite the app to the channel, or it cannot write there.
      </Note>
    );
  return (
    <Note tone="accent" icon="key" role="status" title={`The secret of ${name}, shown this once`}>
      <p>
        <code className="mono secret" id="secret">
          {secret}
        </code>
      </p>
      <CopyText from="secret" atStart />
      <p>
        The receiver verifies each message with it, by Standard Webhooks. Lost? Make a new one on
        its page: the earlier one is then out of use.
      </p>
    </Note>
  );
}

import { Card } from "#components/ui/card.tsx";
import type { ExportFormat } from "#lib/vocabulary.ts";

/** How anybody checks that a file is the one on record. */
export const Check = ({ format, sha256 }: { format: ExportFormat; sha256: string }) => (
  <Card title="Check the file" id="check">
    <div className="stack s">
      <p>
        On Linux and macOS: <code className="mono">sha256sum FILE</code> (or{" "}
        <code className="mono">shasum -a 256 FILE</code>), on Windows{" "}
        <code className="mono nowrap">certutil -hashfile FILE SHA256</code>. It is the file on
        record if that gives
      </p>
      <p className="mono sha">{sha256}</p>
      {format === "jsonl" && (
        <p className="sm soft">
          The last line of a whole JSONL file is of the kind “end”, with the number of lines before
          it and their SHA-256.
        </p>
      )}
    </div>
  </Card>
);

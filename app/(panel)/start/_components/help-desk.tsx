import { Card } from "#components/ui/card.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { CopyText } from "../../_components/copy-text.tsx";
import { bookmarklet, linkTemplate } from "../ways.ts";
import "./help-desk.css";

/** How one gets here in one click, ready to be copied: a link for the help desk, a bookmark for the browser. */
export function HelpDesk({ origin }: { origin: string }) {
  return (
    <>
      <Card title="A bookmark for the product" id="bookmark">
        <div className="stack s">
          <p>
            Press it on a page of the product: it leads to the start form, and the session opens on
            that very page. Mark an e-mail or an id on any page first, and it is who you mean.
          </p>
          <Code id="bookmarklet">{bookmarklet(origin)}</Code>
          <p className="sm soft">
            Make a bookmark in your browser, name it “Stand in”, and paste this as its address.
          </p>
        </div>
      </Card>
      <Card title="A link for the help desk" id="template">
        <div className="stack s">
          <p>
            For whoever sets up your help desk: a button or link beside each ticket. Put its own
            placeholders where the braces are; leave out what it does not know.
          </p>
          <Code id="link-template">{linkTemplate(origin)}</Code>
          <dl className="parameters sm">
            <dt className="mono">subject</dt>
            <dd>The user’s id in the product, or their e-mail. It decides alone who is meant.</dd>
            <dt className="mono">ticket</dt>
            <dd>Such as SUP-4821. Without a subject, whoever asked for it is meant.</dd>
            <dt className="mono">url</dt>
            <dd>A page of the product, encoded. The session opens there.</dd>
          </dl>
        </div>
      </Card>
      <p className="sm soft">
        Or paste any of it into the <PlainLink href="/">search</PlainLink>: the address of a page, a
        ticket, an e-mail or an id.
      </p>
    </>
  );
}

function Code({ id, children }: { id: string; children: string }) {
  return (
    <div className="stack s">
      <pre className="mono to-copy">
        <code id={id}>{children}</code>
      </pre>
      <CopyText from={id} atStart />
    </div>
  );
}

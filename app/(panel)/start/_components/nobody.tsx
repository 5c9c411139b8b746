import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Note } from "#components/ui/note.tsx";
import type { StartLink } from "../link.ts";

type NobodyProps = {
  link: StartLink;
  /** Whose page it is; null where it is no product's. */
  product: string | null;
};

/** A link that names nobody whom the reader may open: what it said, why that is nobody, and the search with all of it kept. */
export function Nobody({ link: { subject, ticket, url }, product }: NobodyProps) {
  return (
    <>
      <Note icon="info" title="Why nobody was found">
        <ul className="stack s sm">
          {subject && (
            <li className="wrap-anywhere">
              “{subject}” is neither the id nor the e-mail of anybody whom you may see. Their
              product may not have told us of them yet.
            </li>
          )}
          {!subject && url && <li>{aboutPage(product)}</li>}
          {!subject && ticket && (
            <li className="wrap-anywhere">
              “{ticket}” is no ticket that a product has told us of for somebody whom you may see.
            </li>
          )}
        </ul>
      </Note>
      <Card label="Find the person">
        <form action="/" className="stack">
          <Field name="q" label="Who is it?" hint="Name, e-mail, account or product id.">
            {(wiring) => (
              <Input
                {...wiring}
                data-search
                defaultValue={subject ?? ""}
                maxLength={200}
                spellCheck={false}
                autoComplete="off"
                autoFocus
              />
            )}
          </Field>
          {(ticket || (url && product)) && (
            <DescriptionList
              narrow
              items={[
                ["Ticket", ticket],
                [
                  "Page",
                  product && url && (
                    <span key="url" className="wrap-anywhere">
                      {url}
                    </span>
                  ),
                ],
              ]}
            />
          )}
          {ticket && <input type="hidden" name="ticket" value={ticket} />}
          {url && product && <input type="hidden" name="url" value={url} />}
          <div className="row">
            <Button type="submit" variant="primary" icon="search">
              Search
            </Button>
          </div>
        </form>
      </Card>
    </>
  );
}

const aboutPage = (product: string | null): string =>
  product
    ? `That page of ${product} does not say in its address whose it is.`
    : "The page is none of a product that is connected here, so it was left out.";

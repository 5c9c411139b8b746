/** The pulse's word for the request of this page as the server read it, for `Follow`: a page of its own tells it, the layout cannot. */
export function SeenAs({ request }: { request: string | null }) {
  return <span hidden data-seen-request={request ?? undefined} />;
}

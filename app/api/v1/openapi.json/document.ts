import { z } from "zod";

type Body = { type: string; schema: z.ZodType; description?: string };

/** One operation of the API, its bodies as the Zod schemas that its handler parses with. */
export type Operation = {
  method: "get" | "post" | "put";
  path: `/${string}`;
  id: string;
  summary: string;
  description?: string;
  query?: z.ZodType;
  request?: Body;
  answer: { status?: 200 | 201; description: string; schema: z.ZodType };
  /** Refusals by status, each a problem (RFC 9457). */
  problems: Partial<Record<400 | 401 | 404 | 409 | 413 | 415 | 429, string>>;
};

const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
});

/** The OpenAPI 3.1 description of these operations at this server. */
export function openApiDocument(server: string, operations: readonly Operation[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations)
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: operationObject(operation),
    };
  return {
    openapi: "3.1.0",
    info: {
      title: "Alongside for products",
      version: "1",
      description: `Sessions are got by OAuth 2.0: ${server}/.well-known/oauth-authorization-server`,
    },
    servers: [{ url: server }],
    security: [{ secret: [] }, { signed: [] }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, "output") },
      securitySchemes: {
        secret: { type: "http", scheme: "basic", description: "Client id and client secret." },
        signed: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "A client assertion (RFC 7523) in place of the secret.",
        },
      },
    },
  };
}

function operationObject(operation: Operation) {
  const { id, path, summary, description, query, request, answer, problems } = operation;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const parameters = [...names.map(inPath), ...(query ? inQuery(query) : [])];
  return {
    operationId: id,
    summary,
    ...(description ? { description } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(request ? { requestBody: bodyObject(request) } : {}),
    responses: {
      [answer.status ?? 200]: {
        description: answer.description,
        content: { "application/json": { schema: jsonSchema(answer.schema, "output") } },
      },
      ...Object.fromEntries(
        Object.entries(problems).map(([status, text]) => [status, problem(text)]),
      ),
    },
  };
}

const inPath = (name: string | undefined) => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string", format: "uuid" },
});

const bodyObject = ({ type, schema, description }: Body) => ({
  required: true,
  ...(description ? { description } : {}),
  content: { [type]: { schema: jsonSchema(schema, "input") } },
});

const querySchema = z.object({ properties: z.record(z.string(), z.unknown()) });

const inQuery = (schema: z.ZodType) =>
  Object.entries(querySchema.parse(jsonSchema(schema, "input")).properties).map(([name, of]) => ({
    name,
    in: "query",
    required: false,
    schema: of,
  }));

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
});

function jsonSchema(schema: z.ZodType, io: "input" | "output") {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

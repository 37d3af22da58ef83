// Buys something with the generated types. It compiles only if the documents describe each request and answer.
import createClient, { type Middleware } from "openapi-fetch";
import type { paths as Basket } from "./generated/basket.js";
import type { paths as Catalog } from "./generated/catalog.js";
import type { paths as Ordering } from "./generated/ordering.js";

declare const process: { argv: string[] };
const shop = process.argv[2]!;
const { accessToken } = (await (await fetch(`${shop}/api/identity/guest`, { method: "POST" })).json()) as { accessToken: string };
const withToken: Middleware = { onRequest: ({ request }) => request.headers.set("Authorization", `Bearer ${accessToken}`) };

const catalog = createClient<Catalog>({ baseUrl: shop });
const basket = createClient<Basket>({ baseUrl: shop });
const ordering = createClient<Ordering>({ baseUrl: shop });
basket.use(withToken);
ordering.use(withToken);

const items = await catalog.GET("/api/catalog/items", { params: { query: { pageSize: 1, inStock: true } } });
const product = items.data?.data[0];
if (!product) throw new Error(`No product: ${JSON.stringify(items.error)}`);

const added = await basket.POST("/api/basket/items", { body: { productId: product.id, quantity: 1 } });
if (!added.data) throw new Error(`Not added: ${JSON.stringify(added.error)}`);

const checkout = await basket.POST("/api/basket/checkout", {
  params: { header: { "Idempotency-Key": crypto.randomUUID() } },
  body: {
    buyerName: "Ada Client",
    buyerEmail: "ada@example.com",
    shippingAddress: { street: "1 Harbour Road", city: "Porto", country: "Portugal", zipCode: "4000-001" },
    card: { number: "4242424242424242", holder: "Ada Client", expiration: "12/40", securityCode: "123" },
  },
});
if (!checkout.data) throw new Error(`Not ordered: ${JSON.stringify(checkout.error)}`);

const path = { id: checkout.data.orderId };
for (let attempt = 0; ; attempt++) {
  const order = await ordering.GET("/api/orders/{id}", { params: { path } });
  if (order.data?.status === "Paid") break;
  if (attempt === 300) throw new Error(`Not paid: ${JSON.stringify(order.data ?? order.error)}`);
  await new Promise((resolve) => setTimeout(resolve, 200));
}

console.log(`Paid ${path.id}`);

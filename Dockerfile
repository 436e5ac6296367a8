# Three stages: the built page, the packages that run, and an image with only those two.
# Node runs the TypeScript of gateway and demo cluster as it is.

FROM node:24.21.0-bookworm-slim AS page
WORKDIR /app
COPY . .
RUN npm ci && npm run build

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY . .
RUN npm ci --omit=dev --ignore-scripts --workspace @finderscope/gateway --workspace @finderscope/demo-cluster

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY LICENSE package.json ./
COPY packages packages
COPY apps/gateway apps/gateway
COPY apps/demo-cluster apps/demo-cluster
COPY --from=packages /app/node_modules node_modules
COPY --from=page /app/apps/web/dist apps/web/dist
USER node
ENV FINDERSCOPE_LISTEN=:12000 FINDERSCOPE_LOG_FORMAT=json
EXPOSE 12000
ENTRYPOINT ["node"]
CMD ["--max-semi-space-size=1", "apps/gateway/src/main.ts"]

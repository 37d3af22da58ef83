global using ServiceDefaults.Api;
global using ServiceDefaults.Tokens;

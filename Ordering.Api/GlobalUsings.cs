global using ServiceDefaults;

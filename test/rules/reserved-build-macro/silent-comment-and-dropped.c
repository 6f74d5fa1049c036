// #define NDIS_MINIPORT_MAJOR_VERSION 6 belongs to the header.
#define NDIS630_MINIPORT 1
#if 0
#define NDIS_MINIPORT_MAJOR_VERSION 6
#endif
#include <ndis.h>

static const char Help[] = "#define NDIS_MINIPORT_MINOR_VERSION 30";

#define NDIS630_MINIPORT 1
#define NDIS_MINIPORT_DRIVER 1
#include <ndis.h>
#define NDIS630_MINIPORT 1

#define NDIS50_MINIPORT 1
#define BINARY_COMPATIBLE 1
#include <ndis.h>

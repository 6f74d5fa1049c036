#include <ndis.h>

static NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Table = {
    .MajorNdisVersion = 6,
    .BindAdapterHandlerEx = PtBindAdapter,
};

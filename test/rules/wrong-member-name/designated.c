#include <ndis.h>

static NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Table = {
    .MajorNdisVersion = 6,
    .BindAdapterHandler = PtBindAdapter,
   //^^^^^^^^^^^^^^^^^^ error wrong-member-name: no member 'BindAdapterHandler' in 'NDIS_PROTOCOL_DRIVER_CHARACTERISTICS'; did you mean 'BindAdapterHandlerEx'?
};

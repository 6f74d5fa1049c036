#include <ndis.h>

static NDIS_STATUS NdisMRegisterDevice(PVOID Context)
{
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Register(PVOID Context)
{
#ifdef NDIS51_MINIPORT
    NdisTerminateWrapper(WrapperHandle, NULL);
#endif
    return NdisMRegisterDevice(Context);
}

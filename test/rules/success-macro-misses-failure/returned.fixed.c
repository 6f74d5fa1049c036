#include <ndis.h>

static NDIS_HANDLE MiniportHandle;

BOOLEAN StartDevice(PNDIS_STRING Name, NDIS_HANDLE Context);

BOOLEAN StartDevice(PNDIS_STRING Name, NDIS_HANDLE Context)
{
    NDIS_STATUS status = NdisIMInitializeDeviceInstanceEx(MiniportHandle, Name, Context);
    BOOLEAN isUp = status == NDIS_STATUS_SUCCESS ? TRUE : FALSE;

    return isUp;
}

#include <ndis.h>

static NDIS_HANDLE MiniportHandle;

BOOLEAN StartDevice(PNDIS_STRING Name, NDIS_HANDLE Context);

BOOLEAN StartDevice(PNDIS_STRING Name, NDIS_HANDLE Context)
{
    NDIS_STATUS status = NdisIMInitializeDeviceInstanceEx(MiniportHandle, Name, Context);
    BOOLEAN isUp = NT_SUCCESS(status) ? TRUE : FALSE;
//                 ^^^^^^^^^^^^^^^^^^ warning success-macro-misses-failure: 'NT_SUCCESS' treats 'NDIS_STATUS_NOT_ACCEPTED' of 'NdisIMInitializeDeviceInstanceEx' as success; compare with 'NDIS_STATUS_SUCCESS'

    return isUp;
}

// example: Registration calls of NDIS 5
#include <ndis.h>

NTSTATUS Register(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    NdisMInitializeWrapper(&WrapperHandle, DriverObject, RegistryPath, NULL);
  //^^^^^^^^^^^^^^^^^^^^^^ error legacy-registration-api: 'NdisMInitializeWrapper' is ndis 5; use 'NdisMRegisterMiniportDriver'
    status = NdisMRegisterMiniport(WrapperHandle, &Characteristics, sizeof(Characteristics));
    //       ^^^^^^^^^^^^^^^^^^^^^ error legacy-registration-api: 'NdisMRegisterMiniport' is ndis 5; use 'NdisMRegisterMiniportDriver'
    return status;
}

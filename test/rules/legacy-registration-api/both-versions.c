//- driver.c define=NDIS51_MINIPORT=1 define=NDIS60_MINIPORT=1
#include <ndis.h>

static NDIS_HANDLE WrapperHandle;

VOID Register(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NdisMInitializeWrapper(&WrapperHandle, DriverObject, RegistryPath, NULL);
//  ^^^^^^^^^^^^^^^^^^^^^^ error legacy-registration-api: 'NdisMInitializeWrapper' is ndis 5; use 'NdisMRegisterMiniportDriver'
}

// example: A filter whose GUID is not the one in its INF file
//- driver.c rule=driver-entry-signature=off rule=unload-routine-missing=off
#include <ndis.h>

static NDIS_HANDLE FilterHandle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS table;
    NDIS_STRING serviceName = RTL_CONSTANT_STRING(L"MyFilter");
    NDIS_STRING uniqueName = RTL_CONSTANT_STRING(L"{3c9f8a54-6f0e-4a8e-9a0b-4c7d1f2e5b61}");
    //                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning name-differs-from-inf: but 'NetCfgInstanceId' in my.inf is "{3c9f8a54-6f0e-4a8e-9a0b-4c7d1f2e5b62}"

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&table, sizeof(table));
    FillHandlers(DriverObject, &table);
    table.ServiceName = serviceName;
    table.UniqueName = uniqueName;

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &table, &FilterHandle);
}
//- my.inf
[Version]
Signature = "$WINDOWS NT$"
Class     = NetService

[Install]
Characteristics  = 0x40000
NetCfgInstanceId = "{3c9f8a54-6f0e-4a8e-9a0b-4c7d1f2e5b62}"
//                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning name-differs-from-inf: but 'UniqueName' in driver.c is "{3c9f8a54-6f0e-4a8e-9a0b-4c7d1f2e5b61}"
AddReg           = Install.Ndi

[Install.Ndi]
HKR, Ndi, Service, , "myfilter"
HKR, Ndi, FilterType, 0x00010001, 2

[Install.Services]
AddService = MYFILTER, , Install.Service

[Install.Service]
ServiceBinary = %13%\myfilter.sys

//- src/driver.c
#include <ndis.h>
#include "names.h"

static NDIS_HANDLE ProtocolHandle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS table;

    UNREFERENCED_PARAMETER(RegistryPath);
    NdisZeroMemory(&table, sizeof(table));
    FillHandlers(DriverObject, &table);
    RtlInitUnicodeString(&table.Name, PROTOCOL_NAME);

    return NdisRegisterProtocolDriver(NULL, &table, &ProtocolHandle);
}
//- src/names.h
#define PROTOCOL_NAME L"Proto"
#define NOT_USED NDIS_STATUS_SUCCESS
//- src/proto.vcxproj
<Project>
  <PropertyGroup><TargetName>proto</TargetName></PropertyGroup>
  <ItemGroup><ClCompile Include="driver.c" /><Inf Include="..\setup\proto.inx" /></ItemGroup>
</Project>
//- setup/proto.inx
[Version]
Class = NetTrans
[Install.Services]
AddService = Proto,,Service
[Install.Ndi]
HKR,Ndi,Service,,Proto
HKR,Ndi,HelpText,,"a ; is no comment here"
[Service]
ServiceBinary=%12%\proto.sys
